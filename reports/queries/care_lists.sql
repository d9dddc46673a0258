-- How many customers are on each list of whom to get in touch with, and up to which day
-- a list of days to come looks.
select
    'birthdays' as list_code,
    count(distinct customer_id) as customer_count,
    max(birthday_on) as until_on

from care.lst_birthdays

union all

select
    'festivals' as list_code,
    count(distinct customer_id) as customer_count,
    max(festival_on) as until_on

from care.lst_festivals

union all

select
    'churn_risks' as list_code,
    count(distinct customer_id) as customer_count,
    null as until_on

from care.lst_churn_risks

union all

select
    'due_by_any_purchase' as list_code,
    count(distinct customer_id) as customer_count,
    null as until_on

from care.lst_replenishments
where scope_code = 'customer'

union all

select
    'due_by_category' as list_code,
    count(distinct customer_id) as customer_count,
    null as until_on

from care.lst_replenishments
where scope_code = 'category'

-- How many customers are on each list of whom to get in touch with.
select
    'birthdays' as list_code,
    count(distinct customer_id) as customer_count

from care.lst_birthdays

union all

select
    'festivals' as list_code,
    count(distinct customer_id) as customer_count

from care.lst_festivals

union all

select
    'churn_risks' as list_code,
    count(distinct customer_id) as customer_count

from care.lst_churn_risks

union all

select
    'replenishments' as list_code,
    count(distinct customer_id) as customer_count

from care.lst_replenishments

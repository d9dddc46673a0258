-- One row of facts for each customer of the dimension; identified and anonymous sales
-- are all sales; no ticket on an orphan card has a customer.
select
    'customers without facts' as fault,
    count(*) as row_count

from {{ ref('dim_customers') }} as customers

left join {{ ref('fct_customers') }} as facts
    on customers.customer_id = facts.customer_id

where facts.customer_id is null

having count(*) > 0

union all

select
    'tickets whose flags contradict their customer' as fault,
    count(*) as row_count

from {{ ref('fct_transactions') }}

where
    is_anonymous != (customer_id is null)
    or (is_orphan_card and (customer_id is not null or card_id is null))

having count(*) > 0

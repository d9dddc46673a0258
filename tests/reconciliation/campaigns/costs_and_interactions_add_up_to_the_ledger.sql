-- All is what the costs, contacts and requests of the whole months add up to; channels
-- add up to all, and so do segments where costs are not asked for.
with

told as (

    select * from {{ ref('agg_acquisition_costs') }}

),

whole as (

    select
        max(basis_start_on) as basis_start_on,
        coalesce(max(acquisition_cost_amount), 0)
        + coalesce(max(retention_cost_amount), 0)
        + coalesce(max(service_cost_amount), 0) as cost_amount,
        coalesce(max(interaction_count), 0) as interaction_count,
        coalesce(max(interaction_cost_amount), 0) as interaction_cost_amount,
        coalesce(max(new_customer_count), 0) as new_customer_count

    from told
    where breakdown_code = 'all'

),

parts as (

    select
        breakdown_code,
        coalesce(sum(interaction_count), 0) as interaction_count,
        coalesce(sum(interaction_cost_amount), 0) as interaction_cost_amount,
        coalesce(sum(new_customer_count), 0) as new_customer_count

    from told
    group by breakdown_code

),

ledger as (

    select coalesce(sum(costs.cost_amount), 0) as cost_amount

    from {{ ref('fct_costs') }} as costs
    inner join whole on costs.cost_month >= whole.basis_start_on

),

newcomers as (

    select count(*) as new_customer_count

    from {{ ref('fct_customers') }} as customers
    inner join whole on customers.first_purchase_on >= whole.basis_start_on

)

select
    parts.*,
    whole.interaction_count as whole_interaction_count,
    whole.cost_amount as whole_cost_amount,
    ledger.cost_amount as ledger_cost_amount

from parts
cross join whole
cross join ledger
cross join newcomers
where
    whole.cost_amount != ledger.cost_amount
    or whole.new_customer_count != newcomers.new_customer_count
    or parts.new_customer_count != whole.new_customer_count
    or parts.interaction_count != whole.interaction_count
    or parts.interaction_cost_amount != whole.interaction_cost_amount

-- House customers are in every sum: heads and net sales are those of the ledger, to the
-- cent, and each kind holds those who are flagged.
with

bargains as (

    select * from {{ ref('seg_bargains') }}

),

kinds as (

    select
        sum(customer_count) filter (where bargain_code = 'cherry_picker')
            as cherry_picker_count,
        sum(customer_count) filter (where bargain_code = 'bulk_buyer')
            as bulk_buyer_count,
        sum(customer_count) filter (where bargain_code = 'house') as house_count

    from {{ ref('agg_bargains') }}

),

parts as (

    select
        count(*) as customer_count,
        coalesce(sum(net_sales_amount), 0) as net_sales_amount,
        count_if(is_cherry_picker) as cherry_picker_count,
        count_if(is_bulk_buyer) as bulk_buyer_count,
        count_if(bulk_product_day_count > 0) as bulk_day_buyer_count

    from bargains

),

whole as (

    select
        count(*) as customer_count,
        coalesce(sum(facts.window_net_sales_amount), 0) as net_sales_amount,
        count_if(customers.is_house_customer) as house_count

    from {{ ref('fct_customers') }} as facts
    inner join {{ ref('dim_customers') }} as customers
        on facts.customer_id = customers.customer_id
    where facts.is_window_buyer

)

select
    parts.*,
    kinds.house_count,
    whole.customer_count as expected_customer_count,
    whole.net_sales_amount as expected_net_sales_amount,
    whole.house_count as expected_house_count

from parts
cross join kinds
cross join whole
where
    parts.customer_count != whole.customer_count
    or parts.net_sales_amount != whole.net_sales_amount
    or kinds.house_count != whole.house_count
    or kinds.cherry_picker_count != parts.cherry_picker_count
    or kinds.bulk_buyer_count != parts.bulk_buyer_count
    or parts.bulk_buyer_count != parts.bulk_day_buyer_count

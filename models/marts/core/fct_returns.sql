-- Return tickets with the sale that they undo, where it is known and told.
with

tickets as (

    select * from {{ ref('fct_transactions') }}

),

reasons as (

    select
        'return:' || return_id as transaction_id,
        reason,
        quantity

    from {{ ref('stg_pos__returns') }}

),

returns as (

    select
        tickets.transaction_id,
        tickets.customer_id,
        tickets.store_id,
        tickets.channel,
        tickets.sold_on as returned_on,
        cast(-tickets.net_sales_amount as decimal(18, 4)) as return_amount,
        cast(coalesce(reasons.quantity, -tickets.unit_count) as decimal(18, 6))
            as unit_count,
        reasons.reason,
        tickets.original_transaction_id

    from tickets
    left join reasons on tickets.transaction_id = reasons.transaction_id
    where tickets.is_return

),

linked as (

    select
        returns.transaction_id,
        returns.customer_id,
        returns.store_id,
        returns.channel,
        returns.returned_on,
        returns.return_amount,
        returns.unit_count,
        returns.reason,
        sales.transaction_id as sale_transaction_id,
        sales.sold_on,
        case
            when returns.returned_on >= sales.sold_on
                then {{ crm_warehouse.days_between(
                    'sales.sold_on', 'returns.returned_on'
                ) }}
        end as days_to_return

    from returns
    left join tickets as sales
        on returns.original_transaction_id = sales.transaction_id
        and not sales.is_return

)

select * from linked

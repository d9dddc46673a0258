-- Return tickets, and what was brought back on the ticket of a sale (an exchange), with
-- the sale that they undo, where it is known and told.
with

tickets as (

    select * from {{ ref('fct_transactions') }}

),

lines as (

    select * from {{ ref('fct_transaction_lines') }}

),

handed_over as (

    select
        'return:' || return_id as transaction_id,
        reason,
        line_number

    from {{ ref('stg_pos__returns') }}

),

exchanged as (

    select
        transaction_id,
        -sum(net_sales_amount) as return_amount,
        -sum(quantity) as unit_count

    from lines
    where quantity < 0 and not is_return
    group by transaction_id

),

returns as (

    select
        tickets.transaction_id,
        tickets.customer_id,
        tickets.store_id,
        tickets.channel,
        tickets.sold_on as returned_on,
        not tickets.is_return as is_exchange,
        coalesce(exchanged.return_amount, -tickets.net_sales_amount) as return_amount,
        coalesce(exchanged.unit_count, -tickets.unit_count) as unit_count,
        handed_over.reason,
        handed_over.line_number,
        tickets.original_transaction_id

    from tickets
    left join exchanged on tickets.transaction_id = exchanged.transaction_id
    left join handed_over on tickets.transaction_id = handed_over.transaction_id
    where tickets.is_return or exchanged.transaction_id is not null

),

linked as (

    select
        returns.transaction_id,
        returns.customer_id,
        returns.store_id,
        returns.channel,
        returns.returned_on,
        returns.is_exchange,
        cast(returns.return_amount as decimal(18, 4)) as return_amount,
        cast(returns.unit_count as decimal(18, 6)) as unit_count,
        returns.reason,
        sales.transaction_id as sale_transaction_id,
        sales.sold_on,
        case
            when returns.returned_on >= sales.sold_on
                then {{ crm_warehouse.days_between(
                    'sales.sold_on', 'returns.returned_on'
                ) }}
        end as days_to_return,
        lines.product_id as sale_product_id

    from returns
    left join tickets as sales
        on returns.original_transaction_id = sales.transaction_id
        and not sales.is_return
    left join lines
        on sales.transaction_id = lines.transaction_id
        and returns.line_number = lines.line_number

)

select * from linked

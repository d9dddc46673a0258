-- Where the accepted lines went: with their ticket, or nowhere for want of one.
with

lines as (

    select
        coalesce(tickets.leg_code, 'without_ticket') as leg_code,
        lines.net_amount,
        case
            when tickets.leg_code is null then lines.net_amount
            else {{ crm_warehouse.in_base_currency('lines.net_amount') }}
        end as base_amount

    from {{ ref('stg_pos__transaction_lines') }} as lines

    left join {{ ref('int_tickets__settled') }} as tickets
        on lines.transaction_id = tickets.transaction_id
        and tickets.leg_code != 'quarantined'

),

legs as (

    select
        leg_code,
        count(*) as row_count,
        sum(base_amount) as amount

    from lines

    where leg_code != 'fact'

    group by leg_code

    union all

    select
        'exchange_difference' as leg_code,
        count(*) as row_count,
        sum(base_amount - net_amount) as amount

    from lines

    where base_amount != net_amount

    union all

    select
        'fact' as leg_code,
        count(*) as row_count,
        sum(net_sales_amount) as amount

    from {{ ref('fct_transaction_lines') }}

),

reconciled as (

    select
        'transaction_lines' as table_name,
        leg_code,
        cast(row_count as bigint) as row_count,
        cast(amount as decimal(38, 4)) as amount

    from legs

)

select * from reconciled

-- Where the accepted lines went: with their ticket, or nowhere for want of one.
with

ticket_lines as (

    select
        coalesce(tickets.leg_code, 'without_ticket') as leg_code,
        lines.line_count,
        coalesce(exchanged.net_sales_amount, lines.net_amount) as amount,
        exchanged.net_sales_amount - lines.net_amount as exchange_amount

    from {{ ref('int_lines__summed') }} as lines

    left join {{ ref('int_tickets__settled') }} as tickets
        on lines.transaction_id = tickets.transaction_id
        and tickets.leg_code != 'quarantined'

    left join {{ ref('int_lines__exchanged') }} as exchanged
        on lines.transaction_id = exchanged.transaction_id

),

grouped as (

    select
        leg_code,
        sum(line_count) as row_count,
        sum(amount) as amount,
        count(exchange_amount) as exchange_count,
        sum(exchange_amount) as exchange_amount

    from ticket_lines

    group by leg_code

),

legs as (

    select
        leg_code,
        row_count,
        amount

    from grouped

    where leg_code != 'fact'

    union all

    select
        'exchange_difference' as leg_code,
        sum(exchange_count) as row_count,
        coalesce(sum(exchange_amount), 0) as amount

    from grouped

    where exchange_count > 0

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

-- Where the accepted tickets, returns and lines went, leg by leg.
with

tickets as (

    select
        *,
        case when table_name = 'returns' then -1 else 1 end as raw_sign

    from {{ ref('int_tickets__settled') }}

    where leg_code != 'quarantined'

),

lines as (

    select
        coalesce(tickets.leg_code, 'without_ticket') as leg_code,
        lines.net_amount,
        case
            when tickets.leg_code is null then lines.net_amount
            else cast(lines.net_amount * tickets.rate_to_base as decimal(18, 4))
        end as base_amount

    from {{ ref('stg_pos__transaction_lines') }} as lines

    left join tickets
        on lines.transaction_id = tickets.transaction_id

),

ticket_legs as (

    select
        table_name,
        leg_code,
        count(*) as row_count,
        sum(raw_sign * net_sales_amount) as amount

    from tickets

    where leg_code != 'fact'

    group by table_name, leg_code

),

facts as (

    select
        case
            when facts.transaction_id like 'return:%' and tickets.table_name = 'returns'
                then 'returns'
            else 'transactions'
        end as table_name,
        facts.net_sales_amount * tickets.raw_sign as amount,
        facts.net_sales_amount - cast(
            tickets.lines_amount * tickets.rate_to_base as decimal(18, 4)
        ) as difference_amount,
        tickets.lines_amount is not null as has_lines

    from {{ ref('fct_transactions') }} as facts

    left join tickets
        on facts.transaction_id = tickets.transaction_id

),

legs as (

    select * from ticket_legs

    union all

    select
        table_name,
        'fact' as leg_code,
        count(*) as row_count,
        sum(amount) as amount

    from facts

    group by table_name

    union all

    select
        table_name,
        'header_line_difference' as leg_code,
        count_if(difference_amount != 0) as row_count,
        coalesce(sum(difference_amount), 0) as amount

    from facts

    where has_lines

    group by table_name

    union all

    select
        table_name,
        'without_lines' as leg_code,
        count(*) as row_count,
        sum(amount) as amount

    from facts

    where not has_lines

    group by table_name

    union all

    select
        table_name,
        'header_from_lines' as leg_code,
        count(*) as row_count,
        sum(lines_amount) as amount

    from tickets

    where header_amount is null

    group by table_name

    union all

    select
        table_name,
        'exchange_difference' as leg_code,
        count(*) as row_count,
        sum(raw_sign * (net_sales_amount - coalesce(header_amount, lines_amount))) as amount

    from tickets

    where rate_to_base != 1

    group by table_name

    union all

    select
        'transaction_lines' as table_name,
        leg_code,
        count(*) as row_count,
        sum(base_amount) as amount

    from lines

    where leg_code != 'fact'

    group by leg_code

    union all

    select
        'transaction_lines' as table_name,
        'exchange_difference' as leg_code,
        count(*) as row_count,
        sum(base_amount - net_amount) as amount

    from lines

    where base_amount != net_amount

    union all

    select
        'transaction_lines' as table_name,
        'fact' as leg_code,
        count(*) as row_count,
        sum(net_sales_amount) as amount

    from {{ ref('fct_transaction_lines') }}

),

reconciled as (

    select
        table_name,
        leg_code,
        cast(row_count as bigint) as row_count,
        cast(amount as decimal(38, 4)) as amount,
        cast(0 as bigint) as unreadable_amount_count

    from legs

)

select * from reconciled

-- Where the accepted tickets and returns went, leg by leg, in the sign of their raw
-- table.
with

tickets as (

    select
        *,
        case when table_name = 'returns' then -1 else 1 end as raw_sign

    from {{ ref('int_tickets__settled') }}

    where leg_code != 'quarantined'

),

measured as (

    select
        tickets.table_name,
        tickets.leg_code,
        tickets.raw_sign * tickets.net_sales_amount as amount,
        tickets.header_amount is null as is_from_lines,
        tickets.lines_amount,
        tickets.rate_to_base != 1 as is_exchanged,
        tickets.raw_sign * (
            tickets.net_sales_amount
            - coalesce(tickets.header_amount, tickets.lines_amount)
        ) as exchange_amount,
        tickets.lines_amount is not null as has_lines,
        tickets.net_sales_amount - coalesce(
            exchanged.net_sales_amount, tickets.lines_amount
        ) as difference_amount

    from tickets

    left join {{ ref('int_lines__exchanged') }} as exchanged
        on tickets.transaction_id = exchanged.transaction_id

),

-- Each further leg: of which rows it takes which money.
{% set further_legs = {
    'header_from_lines': ('is_from_lines', 'lines_amount'),
    'exchange_difference': ('is_exchanged', 'exchange_amount'),
    'header_line_difference': (
        "leg_code = 'fact' and difference_amount != 0", 'difference_amount'
    ),
    'without_lines': ("leg_code = 'fact' and not has_lines", 'amount'),
} -%}
legs as (

    select
        table_name,
        leg_code,
        count(*) as row_count,
        cast(sum(amount) as decimal(38, 4)) as amount

    from measured

    group by table_name, leg_code

    {% for leg, (rows, amount) in further_legs.items() -%}
    union all

    select
        table_name,
        '{{ leg }}' as leg_code,
        count(*) as row_count,
        cast(sum({{ amount }}) as decimal(38, 4)) as amount

    from measured

    where {{ rows }}

    group by table_name

    {% endfor %}
)

select * from legs

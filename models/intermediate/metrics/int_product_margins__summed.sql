-- Lines, and returns that name one, by product, channel and tier. What tickets hold
-- beyond them (a header that differs, a ticket without lines) is of no product.
{% set sums = {
    'unit_count': 'decimal(18, 6)', 'net_sales_amount': 'decimal(18, 4)',
    'margin_amount': 'decimal(18, 4)', 'margin_known_sales_amount': 'decimal(18, 4)'
} -%}
{% set keys = 'channel, tier_code, is_in_window' -%}
with

tickets as (

    select * from {{ ref('int_window_tickets__placed') }}

),

legs as (

    select
        quantity as unit_count,
        net_sales_amount,
        margin_amount,
        case when margin_amount is not null then net_sales_amount end
            as margin_known_sales_amount,
        transaction_id,
        coalesce(product_id, 'unknown') as product_id
    from {{ ref('fct_transaction_lines') }}
    union all
    select
        {% for name in sums -%}
        tickets.{{ name }},
        {% endfor -%}
        tickets.transaction_id,
        returns.sale_product_id as product_id
    from tickets
    inner join {{ ref('fct_returns') }} as returns
        on tickets.transaction_id = returns.transaction_id
    where tickets.line_count is null and returns.sale_product_id is not null

),

cells as (

    select
        {% for name in sums -%}
        sum(legs.{{ name }}) as {{ name }},
        {% endfor -%}
        legs.product_id,
        {{ keys }}
    from legs
    inner join tickets on legs.transaction_id = tickets.transaction_id
    group by legs.product_id, {{ keys }}

),

united as (

    select * from cells
    {% for source, sign in (('tickets', ''), ('cells', '-')) -%}
    union all
    select
        {% for name in sums -%}
        {{ sign }}{{ name }} as {{ name }},
        {% endfor -%}
        'unallocated' as product_id,
        {{ keys }}
    from {{ source }}
    {% endfor %}
),

summed as (

    select
        {% for prefix, condition in (('', ''), ('before_', 'not ')) -%}
        {% for name, type in sums.items() -%}
        cast({{ '' if 'margin' in name else 'coalesce' }}(
            sum({{ name }}) filter (where {{ condition }}is_in_window)
            {{- '' if 'margin' in name else ', 0' }}
        ) as {{ type }}) as {{ prefix }}{{ name }},
        {% endfor -%}
        {% endfor -%}
        product_id,
        channel,
        tier_code
    from united
    group by product_id, channel, tier_code

),

told as (

    select * from summed
    where
        product_id != 'unallocated'
        {%- for name in sums %}
        or {{ name }} != 0 or before_{{ name }} != 0
        {%- endfor %}

)

select * from told

-- Margin against the window before: what the cell's sales changed at the average rate
-- of then (volume), at its own rate of then (mix), and what its rate changed (rate). A
-- cell that is new or gone has no two rates: it is all volume and mix.
with

cells as (

    select * from {{ ref('int_contribution_cells__united') }}

),

weighed as (

    select
        *,
        {% for name in (
            'margin_known_sales_amount', 'before_margin_known_sales_amount',
            'before_margin_amount'
        ) -%}
        sum({{ name }}) over (partition by level_code) as whole_{{ name }},
        {% endfor -%}
        coalesce(margin_amount, 0) - coalesce(before_margin_amount, 0)
            as margin_change_amount,
        coalesce(margin_known_sales_amount, 0)
        - coalesce(before_margin_known_sales_amount, 0) as sales_change_amount
    from cells

),

bridged as (

    select
        *,
        {{ crm_warehouse.money_share(
            'whole_before_margin_amount', 'sales_change_amount',
            'whole_before_margin_known_sales_amount'
        ) }} as volume_effect_amount,
        case
            when margin_known_sales_amount > 0 and before_margin_known_sales_amount > 0
                then margin_amount - {{ crm_warehouse.money_share(
                    'before_margin_amount', 'margin_known_sales_amount',
                    'before_margin_known_sales_amount'
                ) }}
            else 0
        end as rate_effect_amount
    from weighed

),

told as (

    select
        level_code,
        item_id,
        channel,
        tier_code,
        product_name,
        {% for name in (
            'unit_count', 'net_sales_amount', 'margin_amount', 'margin_known_sales_amount'
        ) -%}
        {{ name }},
        before_{{ name }},
        {% endfor -%}
        cast(margin_change_amount as decimal(18, 4)) as margin_change_amount,
        cast(volume_effect_amount as decimal(18, 4)) as volume_effect_amount,
        cast(rate_effect_amount as decimal(18, 4)) as rate_effect_amount,
        cast(
            margin_change_amount - volume_effect_amount - rate_effect_amount
            as decimal(18, 4)
        ) as mix_effect_amount,
        cast(whole_margin_known_sales_amount as decimal(18, 4)) as whole_sales_amount

    from bridged

)

select * from told

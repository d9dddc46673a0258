-- 利润最大的产品, 平均收益率为什么下降, 渠道成本.
{% set sums = [
    'unit_count', 'net_sales_amount', 'margin_amount', 'margin_known_sales_amount'
] -%}
with

histories as (

    select min(sold_on) as history_start_on from {{ ref('fct_transactions') }}

),

windows as (

    select
        max(as_of_on) as as_of_on,
        max(window_start_on) as window_start_on,
        max(window_month_count) as window_month_count,
        min(histories.history_start_on) <= {{ crm_warehouse.add_months(
            'max(window_start_on)',
            -crm_warehouse.checked_integer('window_months', 1, 600)
        ) }} as is_before_complete
    from {{ ref('fct_customers') }}
    cross join histories

),

tiers as (

    select
        tier_code,
        min(tier_name) as tier_name,
        min(tier_name_zh) as tier_name_zh
    from {{ ref('rule_pyramid_tiers') }}
    group by tier_code

),

told as (

    select
        cells.level_code,
        cells.item_id,
        cells.channel,
        cells.tier_code,
        {% for language in ('', '_zh') -%}
        levels.word_name{{ language }} as level_name{{ language }},
        coalesce(
            case when cells.level_code = 'product' then cells.product_name end,
            items.word_name{{ language }}, cells.item_id
        ) as item_name{{ language }},
        coalesce(tiers.tier_name{{ language }}, groups.word_name{{ language }})
            as tier_name{{ language }},
        {% endfor -%}
        {% for name in sums -%}
        cells.{{ name }},
        cells.before_{{ name }},
        {% endfor -%}
        {{ safe_ratio('cells.margin_amount', 'cells.margin_known_sales_amount') }}
            as margin_rate,
        {{ safe_ratio(
            'cells.before_margin_amount', 'cells.before_margin_known_sales_amount'
        ) }} as before_margin_rate,
        cells.margin_change_amount,
        cells.volume_effect_amount,
        {% for effect in ('rate_effect', 'mix_effect') -%}
        cells.{{ effect }}_amount,
        {{ safe_ratio('cells.' ~ effect ~ '_amount', 'cells.whole_sales_amount') }}
            as {{ effect }}_rate,
        {% endfor -%}
        channels.channel_cost_amount,
        channels.before_channel_cost_amount,
        channels.interaction_count,
        channels.before_interaction_count,
        channels.cost_volume_amount,
        cast(
            coalesce(channels.channel_cost_amount, 0)
            - channels.before_channel_cost_amount - channels.cost_volume_amount
            as decimal(18, 4)
        ) as cost_rate_amount,
        windows.is_before_complete,
        windows.as_of_on,
        windows.window_start_on,
        windows.window_month_count

    from {{ ref('int_contribution_cells__bridged') }} as cells
    cross join windows
    left join {{ ref('int_channels__summed') }} as channels
        on cells.level_code = 'channel' and cells.channel = channels.channel
    left join {{ ref('rule_contribution_words') }} as levels
        on levels.kind_code = 'level' and cells.level_code = levels.word_code
    left join {{ ref('rule_contribution_words') }} as items
        on items.kind_code = 'item' and cells.item_id = items.word_code
    left join {{ ref('rule_contribution_words') }} as groups
        on groups.kind_code = 'tier' and cells.tier_code = groups.word_code
    left join tiers on cells.tier_code = tiers.tier_code

)

select * from told

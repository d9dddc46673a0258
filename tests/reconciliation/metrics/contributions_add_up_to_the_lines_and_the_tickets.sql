-- Products, and categories, hold the lines of the window; channels its tickets; volume,
-- rate and mix the change of margin: to the cent.
with

windows as (

    select max(window_start_on) as window_start_on
    from {{ ref('fct_customers') }}

),

told as (

    select
        level_code,
        coalesce(sum(net_sales_amount), 0) as net_sales_amount,
        coalesce(sum(margin_amount), 0) as margin_amount,
        coalesce(sum(margin_change_amount), 0) as margin_change_amount,
        coalesce(sum(margin_amount), 0) - coalesce(sum(before_margin_amount), 0)
            as expected_change_amount,
        count_if(
            margin_change_amount
            != volume_effect_amount + rate_effect_amount + mix_effect_amount
        ) as open_row_count,
        count_if(
            cost_volume_amount + cost_rate_amount
            != coalesce(channel_cost_amount, 0) - before_channel_cost_amount
        ) as open_cost_count

    from {{ ref('agg_contributions') }}
    group by level_code

),

ledgers as (

    {% for levels, mart in (
        (['product', 'category'], 'fct_transaction_lines'),
        (['channel'], 'fct_transactions')
    ) -%}
    {% for level in levels -%}
    select
        '{{ level }}' as level_code,
        coalesce(sum(facts.net_sales_amount), 0) as net_sales_amount,
        coalesce(sum(facts.margin_amount), 0) as margin_amount

    from {{ ref(mart) }} as facts
    cross join windows
    where facts.sold_on >= windows.window_start_on
    {{ 'union all' if level != 'channel' }}
    {% endfor -%}
    {% endfor %}
)

select
    ledgers.*,
    told.net_sales_amount as told_net_sales_amount,
    told.margin_amount as told_margin_amount

from ledgers
left join told on ledgers.level_code = told.level_code
where
    ledgers.net_sales_amount != coalesce(told.net_sales_amount, 0)
    or ledgers.margin_amount != coalesce(told.margin_amount, 0)
    or told.margin_change_amount != told.expected_change_amount
    or told.open_row_count > 0
    or told.open_cost_count > 0

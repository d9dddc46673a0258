-- Products, categories and channels each hold the tickets of the window and of the one
-- before it; volume, rate and mix the change of margin: to the cent.
{% set months = crm_warehouse.checked_integer('window_months', 1, 600) -%}
{% set sums = ('net_sales_amount', 'margin_amount', 'margin_known_sales_amount') -%}
with

windows as (

    select
        max(window_start_on) as window_start_on,
        {{ crm_warehouse.add_months('max(window_start_on)', -months) }}
            as before_start_on

    from {{ ref('fct_customers') }}

),

told as (

    select
        level_code,
        {% for name in sums -%}
        sum({{ name }}) as {{ name }},
        sum(before_{{ name }}) as before_{{ name }},
        {% endfor -%}
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

ledger as (

    select
        {% for name in sums -%}
        {% for prefix, condition in (('', '>='), ('before_', '<')) -%}
        sum(tickets.{{ name }}) filter (
            where tickets.sold_on {{ condition }} windows.window_start_on
        ) as {{ prefix }}{{ name }},
        {% endfor -%}
        {% endfor -%}
        count(*) as ticket_count

    from {{ ref('fct_transactions') }} as tickets
    cross join windows
    where tickets.sold_on >= windows.before_start_on

)

select
    levels.word_code,
    told.*

from {{ ref('rule_contribution_words') }} as levels
cross join ledger
left join told on levels.word_code = told.level_code
where
    levels.kind_code = 'level'
    and (
        told.margin_change_amount != told.expected_change_amount
        or told.open_row_count > 0
        or told.open_cost_count > 0
        {%- for name in sums %}
        {%- for prefix in ('', 'before_') %}
        or coalesce(told.{{ prefix }}{{ name }}, 0)
        != coalesce(ledger.{{ prefix }}{{ name }}, 0)
        {%- endfor %}
        {%- endfor %}
    )

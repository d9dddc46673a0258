-- A month and the one it is held against, each as a chain of four numbers whose
-- quotients are the drivers, and the sales outside of the chain. A target has sales
-- alone, so the chain is held against the year before, without one the month before.
-- The running month is held against whole ones, as agg_monthly_metrics does.
{% set trees = {
    'customers': ['buyer_count', 'identified_'], 'visitors': ['visitor_count', 'counted_']
} -%}
{% set chain = [
    'people_count', 'ticket_count', 'unit_count', 'amount', 'rest_amount'
] -%}
with

months as (

    select
        *,
        {{ crm_warehouse.add_months('metric_month', -1) }} as previous_month,
        {{ crm_warehouse.add_months('metric_month', -12) }} as year_before_month
    from {{ ref('agg_monthly_metrics') }}

),

trees as (

    {% for tree_code, (people, prefix) in trees.items() -%}
    select
        scope_id,
        metric_month,
        '{{ tree_code }}' as tree_code,
        {{ people }} as people_count,
        {{ prefix }}ticket_count as ticket_count,
        {{ prefix }}unit_count as unit_count,
        {{ prefix }}net_sales_amount as amount,
        cast(net_sales_amount - {{ prefix }}net_sales_amount as decimal(18, 4))
            as rest_amount
    from months
    where {{ people }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

compared as (

    {% for code, name in (
        ('month_before', 'previous'), ('year_before', 'year_before')
    ) -%}
    select
        scope_id,
        metric_month,
        '{{ code }}' as comparison_code,
        {{ name }}_month as base_month,
        {{ name }}_net_sales_amount as compared_amount
    from months
    where {{ name }}_net_sales_amount is not null
    union all
    {% endfor -%}
    select
        months.scope_id,
        months.metric_month,
        'target' as comparison_code,
        case
            when months.year_before_net_sales_amount is not null
                then months.year_before_month
            when months.previous_net_sales_amount is not null then months.previous_month
        end as base_month,
        targets.target_sales_amount as compared_amount
    from months
    inner join {{ ref('fct_targets') }} as targets
        on months.scope_id = coalesce('store:' || targets.store_id, 'company')
        and months.metric_month = targets.target_month
    where targets.category is null and targets.target_sales_amount is not null

),

paired as (

    select
        compared.*,
        trees.tree_code,
        {% for name in chain -%}
        trees.{{ name }},
        bases.{{ name }} as base_{{ name }},
        {% endfor -%}
        months.net_sales_amount
    from compared
    inner join months
        on compared.scope_id = months.scope_id
        and compared.metric_month = months.metric_month
    inner join trees
        on compared.scope_id = trees.scope_id
        and compared.metric_month = trees.metric_month
    left join trees as bases
        on compared.scope_id = bases.scope_id
        and compared.base_month = bases.metric_month
        and trees.tree_code = bases.tree_code

)

select * from paired

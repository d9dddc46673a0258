-- Each factor's effect by its logarithm; what their rounding leaves of the change goes
-- to the largest of them.
{% set chain = ['people_count', 'ticket_count', 'unit_count', 'amount'] -%}
{% set legs = ['people', 'ticket', 'unit', 'price'] -%}
with

paired as (

    select
        *,
        (
            true
            {% for name in chain -%}
            and coalesce({{ name }} > 0 and base_{{ name }} > 0, false)
            {% endfor %}
        ) as is_decomposable
    from {{ ref('int_sales_trees__paired') }}

),

estimated as (

    select
        *,
        {% for leg in legs -%}
        case
            when is_decomposable then {{ crm_warehouse.lmdi_effect(
                'amount', chain[loop.index0],
                none if loop.first else chain[loop.index0 - 1]
            ) }}
        end as {{ leg }}_amount,
        {% endfor -%}
        amount - base_amount as chain_amount
    from paired

),

weighed as (

    select
        *,
        chain_amount
        - people_amount - ticket_amount - unit_amount - price_amount
            as remainder_amount,
        greatest(
            abs(people_amount), abs(ticket_amount), abs(unit_amount), abs(price_amount)
        ) as largest_amount

    from estimated

),

decomposed as (

    select
        scope_id,
        metric_month,
        comparison_code,
        tree_code,
        base_month,
        net_sales_amount,
        compared_amount,
        cast(net_sales_amount - compared_amount as decimal(18, 4)) as change_amount,
        {% for name in chain -%}
        {{ name }},
        base_{{ name }},
        {% endfor -%}
        {% for leg in legs -%}
        cast(
            {{ leg }}_amount + case
                when abs({{ leg }}_amount) < largest_amount then 0
                {% for earlier in legs[:loop.index0] -%}
                when abs({{ earlier }}_amount) = largest_amount then 0
                {% endfor -%}
                else remainder_amount
            end as decimal(18, 4)
        ) as {{ leg }}_effect_amount,
        {% endfor -%}
        cast(
            case when is_decomposable then rest_amount - base_rest_amount end
            as decimal(18, 4)
        ) as rest_effect_amount,
        cast(
            case
                when is_decomposable and comparison_code = 'target'
                    then base_amount + base_rest_amount - compared_amount
            end as decimal(18, 4)
        ) as plan_effect_amount,
        cast(
            case
                when is_decomposable then 0
                else net_sales_amount - compared_amount
            end as decimal(18, 4)
        ) as undecomposed_amount

    from weighed

)

select * from decomposed

{#- How many customers are the top share of a population: ceil(N * p), exactly. -#}
{% macro top_count(population_count, share) -%}
    cast(
        ceil(
            cast({{ population_count }} as decimal(18, 0))
            * cast({{ share }} as decimal(18, 6))
        ) as bigint
    )
{%- endmacro %}

{#- The score of a customer among others, from how many of them are strictly worse.
    Not by least(): it would take a null for the best. -#}
{% macro relative_score(worse_count, population_count, score_count) -%}
    {%- set scaled = '(' ~ score_count ~ ') * (' ~ worse_count ~ ')' -%}
    cast(
        case
            when {{ worse_count }} < {{ population_count }}
                then 1 + {{ crm_warehouse.whole_ratio(scaled, population_count) }}
            when {{ worse_count }} >= {{ population_count }} and {{ population_count }} > 0
                then {{ score_count }}
        end as integer
    )
{%- endmacro %}

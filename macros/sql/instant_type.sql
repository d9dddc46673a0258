{#- The type of a moment in the world, beside the clock time of no place: Spark's own
    timestamp is one, and timestamp_ntz the other. -#}
{% macro instant_type() -%}
    {{ return(adapter.dispatch('instant_type', 'crm_warehouse')()) }}
{%- endmacro %}

{% macro default__instant_type() -%}
    {{ return('timestamptz') }}
{%- endmacro %}

{% macro spark__instant_type() -%}
    {{ return('timestamp') }}
{%- endmacro %}

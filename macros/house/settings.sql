{#- Every setting of the warehouse is read here and checked before it meets any SQL. -#}

{% macro setting(name, env_name) %}
    {%- set value = var(name, none) -%}
    {%- if value is none or value | string | trim == '' -%}
        {%- set value = env_var(env_name, '') -%}
    {%- endif -%}
    {{ return(value | string | trim) }}
{% endmacro %}


{% macro checked_date(name, text) %}
    {%- if text == '' -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set parts = modules.re.match('^([0-9]{4})-([0-9]{2})-([0-9]{2})$', text) -%}
    {%- if parts -%}
        {%- set year, month, day = parts.groups() | map('int') -%}
        {%- set is_leap = (year % 4 == 0 and year % 100 != 0) or year % 400 == 0 -%}
        {%- set lengths = [31, 29 if is_leap else 28, 31, 30, 31, 30,
                           31, 31, 30, 31, 30, 31] -%}
        {%- if year >= 1900 and 1 <= month <= 12 and 1 <= day <= lengths[month - 1] -%}
            {{ return(text) }}
        {%- endif -%}
    {%- endif -%}
    {{ exceptions.raise_compiler_error(
        name ~ " '" ~ text ~ "' is no date; write it as YYYY-MM-DD, such as 2026-10-31."
    ) }}
{% endmacro %}


{% macro checked_integer(name, least, greatest) %}
    {%- set text = var(name) | string -%}
    {%- if not modules.re.match('^[0-9]{1,6}$', text)
        or not least <= text | int <= greatest -%}
        {{ exceptions.raise_compiler_error(
            name ~ " '" ~ text ~ "' must be a whole number from " ~ least ~ " to "
            ~ greatest ~ "."
        ) }}
    {%- endif -%}
    {{ return(text | int) }}
{% endmacro %}


{% macro checked_word(name, words) %}
    {%- set word = var(name) | string -%}
    {%- if word not in words -%}
        {{ exceptions.raise_compiler_error(
            name ~ " '" ~ word ~ "' must be one of " ~ words | join(', ') ~ "."
        ) }}
    {%- endif -%}
    {{ return(word) }}
{% endmacro %}


{% macro as_of_date() %}
    {{ return(crm_warehouse.checked_date(
        'as_of_date', crm_warehouse.setting('as_of_date', 'CRM_AS_OF_DATE')
    )) }}
{% endmacro %}


{% macro raw_dir() %}
    {{ return(crm_warehouse.setting('raw_dir', 'CRM_RAW_DIR')) }}
{% endmacro %}


{#- Whose raw tables are models needs no folder, and least of all the sample shop's. -#}
{% macro is_without_files() %}
    {{ return(crm_warehouse.raw_models() != {} and crm_warehouse.raw_dir() == '') }}
{% endmacro %}


{% macro raw_models() %}
    {%- set models = var('raw_models', none) or {} -%}
    {%- set known = crm_warehouse.raw_table_names() | map(attribute=1) | list -%}
    {%- for table, model in models.items() -%}
        {%- if table not in known -%}
            {{ exceptions.raise_compiler_error(
                "raw_models names '" ~ table ~ "', which is no table of the contract; it has "
                ~ known | sort | join(', ') ~ '.'
            ) }}
        {%- elif not modules.re.match('^[A-Za-z_][A-Za-z0-9_]*$', model | string) -%}
            {{ exceptions.raise_compiler_error(
                "raw_models says '" ~ model ~ "' for " ~ table ~ '; name a model of yours.'
            ) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(models) }}
{% endmacro %}


{% macro base_currency() %}
    {%- set code = crm_warehouse.setting('base_currency', 'CRM_BASE_CURRENCY') | upper -%}
    {%- if not modules.re.match('^[A-Za-z]{0,8}$', code | string) -%}
        {{ exceptions.raise_compiler_error(
            "base_currency '" ~ code ~ "' must be a currency code such as CNY."
        ) }}
    {%- endif -%}
    {{ return(code or none) }}
{% endmacro %}


{% macro as_of_on() -%}
    (select as_of_on from {{ ref('int_as_of') }})
{%- endmacro %}


{#- What frequency counts: the stem of the column, purchase_day or ticket. -#}
{% macro frequency_unit() %}
    {%- set unit = crm_warehouse.checked_word(
        'frequency_unit', ['purchase_days', 'tickets']
    ) -%}
    {{ return({'purchase_days': 'purchase_day', 'tickets': 'ticket'}[unit]) }}
{% endmacro %}

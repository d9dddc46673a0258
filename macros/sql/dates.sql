{% macro month_start(date) -%}
    cast(date_trunc('month', {{ date }}) as date)
{%- endmacro %}


{% macro month_end(date) -%}
    {{ crm_warehouse.date_add_days(
        crm_warehouse.add_months(crm_warehouse.month_start(date), 1), -1
    ) }}
{%- endmacro %}


{% macro iso_weekday(date) -%}
    cast((({{ crm_warehouse.days_between("date '1900-01-01'", date) }} % 7) + 7) % 7 + 1 as integer)
{%- endmacro %}


{% macro week_start(date) -%}
    {{ crm_warehouse.date_add_days(date, '1 - ' ~ crm_warehouse.iso_weekday(date)) }}
{%- endmacro %}

{#- A row of nothing for each raw table and leg, so that no leg is missing for want of
    rows; money is 0 where the table has money and was handed over. -#}
{% macro empty_legs() -%}
    {%- set rows = [] -%}
    {%- for _, table in crm_warehouse.raw_table_names() -%}
        {%- for leg in crm_warehouse.legs_of(table) -%}
            {%- do rows.append("('" ~ table ~ "', '" ~ leg ~ "')") -%}
        {%- endfor -%}
    {%- endfor -%}
    select
        legs.table_name,
        legs.leg_code,
        0 as row_count,
        max(files.amount) * 0 as amount,
        0 as unreadable_amount_count

    from (values {{ rows | join(', ') }}) as legs (table_name, leg_code)

    left join {{ crm_warehouse.handed_over_files() }} as files
        on legs.table_name = files.table_name

    group by legs.table_name, legs.leg_code
{%- endmacro %}


{#- The legs of a raw table: what became of its rows, and, where they become facts, where
    the accepted ones went. -#}
{% macro legs_of(table) %}
    {%- set legs = ['read', 'accepted', 'duplicate', 'superseded', 'quarantined', 'rejected'] -%}
    {%- set fact_legs = {
        'transactions': [
            'header_from_lines', 'exchange_difference', 'fact', 'voided', 'after_as_of',
            'header_line_difference', 'without_lines',
        ],
        'returns': [
            'exchange_difference', 'fact', 'voided', 'after_as_of', 'without_lines',
        ],
        'transaction_lines': [
            'exchange_difference', 'fact', 'voided', 'after_as_of', 'without_ticket',
        ],
    } -%}
    {{ return(legs + fact_legs.get(table, [])) }}
{% endmacro %}

{#- A row of nothing for each raw table and leg, so that no leg is missing for want of
    rows; money is 0 where the table has money and was handed over. -#}
{% macro empty_legs() -%}
    {%- set rows = [] -%}
    {%- for _, table in crm_warehouse.raw_table_names() -%}
        {%- for leg in ('read', 'accepted', 'duplicate', 'superseded', 'quarantined', 'rejected') -%}
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

    left join {{ source('landing', 'landed_files') }} as files
        on legs.table_name = files.table_name

    group by legs.table_name, legs.leg_code
{%- endmacro %}

{#- Whole-number division, half away from zero: decimal and float division differ between
    engines in the last digit. Both sides are taken at 4 decimals, the result has 6. -#}
{% macro safe_ratio(numerator, denominator) -%}
    {%- set whole = crm_warehouse.whole_number_type() -%}
    {%- set top = 'abs(cast(cast(' ~ numerator ~ ' as decimal(28, 4)) * 10000 as ' ~ whole ~ '))' -%}
    {%- set bottom = 'abs(cast(cast(' ~ denominator ~ ' as decimal(28, 4)) * 10000 as ' ~ whole ~ '))' -%}
    case
        when {{ denominator }} != 0 then cast(
            sign({{ numerator }}) * sign({{ denominator }}) * cast(
                {{ crm_warehouse.whole_part(top ~ ' * 2000000 + ' ~ bottom, bottom ~ ' * 2') }}
                as decimal(24, 0)
            ) * 0.000001 as decimal(18, 6)
        )
    end
{%- endmacro %}

{#- amount * part / whole as money, by whole numbers and rounded once, half away from zero;
    null where the whole is 0. All three are money or counts of at most 4 decimals. -#}
{% macro money_share(amount, part, whole) -%}
    {%- set units = [] -%}
    {%- for value in (amount, part, whole) -%}
        {%- do units.append(
            'abs(cast(cast(' ~ value ~ ' as decimal(28, 4)) * 10000 as '
            ~ crm_warehouse.whole_number_type() ~ '))'
        ) -%}
    {%- endfor -%}
    case
        when {{ whole }} != 0 then cast(
            sign({{ amount }}) * sign({{ part }}) * sign({{ whole }}) * cast(
                {{ crm_warehouse.whole_part(
                    units[0] ~ ' * ' ~ units[1] ~ ' * 2 + ' ~ units[2], units[2] ~ ' * 2'
                ) }} as decimal(24, 0)
            ) * 0.0001 as decimal(18, 4)
        )
    end
{%- endmacro %}

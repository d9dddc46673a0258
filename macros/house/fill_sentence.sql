{#- A sentence with each {name} replaced by the text of an expression; null, if one is. -#}
{% macro fill_sentence(sentence, values) -%}
    {%- set filled = namespace(sql=sentence) -%}
    {%- for name, value in values.items() -%}
        {%- set filled.sql = 'replace(' ~ filled.sql ~ ", '{" ~ name
            ~ "}', cast(" ~ value ~ ' as string))' -%}
    {%- endfor -%}
    {{ filled.sql }}
{%- endmacro %}

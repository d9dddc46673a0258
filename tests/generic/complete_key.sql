{#- These columns are the key: no two rows share their values, and none of them, nor
    of the columns that are `required` beside them, is null. -#}
{% test complete_key(model, columns, required=[]) %}
with

repeated as (

    select {{ columns | join(', ') }}

    from {{ model }}

    group by {{ columns | join(', ') }}

    having count(*) > 1

),

incomplete as (

    select {{ columns | join(', ') }}

    from {{ model }}

    where {{ (columns + required) | join(' is null or ') }} is null

)

select * from repeated

union all

select * from incomplete
{% endtest %}

-- Every combination of the sets of a dimension, also those that nobody shops at.
{% set bits = {1: 1, 2: 2, 3: 4, 4: 8, 5: 16, 6: 32, 7: 64, 8: 128} -%}
with

customers as (

    select * from {{ ref('int_customer_sets__shopped') }}

),

sets as (

    select
        dimension_code,
        {% for number, bit in bits.items() -%}
        max(set_{{ number }}) as set_{{ number }},
        {% endfor -%}
        count(*) as population_count

    from customers
    group by dimension_code

),

combinations as (

    select
        sets.*,
        cast(numbers.combination_number as bigint) as combination_number

    from sets
    inner join (
        values ({{ range(1, 256) | join('), (') }})
    ) as numbers (combination_number)
        on numbers.combination_number < 1
        {%- for number, bit in bits.items() %}
        + case when sets.set_{{ number }} is null then 0 else {{ bit }} end
        {%- endfor %}

),

named as (

    select
        dimension_code,
        combination_number,
        population_count,
        concat_ws(
            ' + '
            {%- for number, bit in bits.items() %},
            case when (combination_number & {{ bit }}) > 0 then set_{{ number }} end
            {%- endfor %}
        ) as combination_name,
        cast(
            0
            {%- for number, bit in bits.items() %}
            + case when (combination_number & {{ bit }}) > 0 then 1 else 0 end
            {%- endfor %} as bigint
        ) as set_count

    from combinations

)

select * from named

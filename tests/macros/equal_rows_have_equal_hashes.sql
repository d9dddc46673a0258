-- And rows that differ by order, by null or by where one value ends have others.
with

cases as (

    select
        examples.*,
        {{ crm_warehouse.row_hash(['here_one', 'here_two']) }}
        = {{ crm_warehouse.row_hash(['there_one', 'there_two']) }} as is_equal

    from (
        values
        ('a', 'b', 'a', 'b', true),
        (null, 'b', null, 'b', true),
        ('a', 'b', 'b', 'a', false),
        ('ab', 'c', 'a', 'bc', false),
        ('a', null, 'a', '', false)
    ) as examples (here_one, here_two, there_one, there_two, expected)

)

select *

from cases

where is_equal is distinct from expected

with

given as (

    select
        cast(roots.number as double) as number,
        cast(roots.expected as decimal(18, 6)) as expected

    from (
        values
        ('2', '1.414214'),
        ('0', '0'),
        ('1e40', null),
        ('nan', null),
        (null, null)
    ) as roots (number, expected)

),

told as (

    select
        number,
        expected,
        {{ crm_warehouse.as_ratio('sqrt(number)') }} as given

    from given

)

select * from told
where given is distinct from expected

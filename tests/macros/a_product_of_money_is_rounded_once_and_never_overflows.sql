-- 2,000 pieces at 50,000; halves go away from zero; a trillion is no money of one row.
with

cases as (

    select
        cast(cases.amount as decimal(18, 6)) as amount,
        cast(cases.factor as decimal(18, 4)) as factor,
        cast(cases.expected as decimal(18, 4)) as expected

    from (
        values
        ('2000', '50000', '100000000'), ('-1.5', '0.3333', '-0.5000'),
        ('0.333333', '0.0150', '0.0050'),
        ('999999999', '999.9999', '999999899000.0001'),
        ('999999999999', '999999999999', null), ('1', null, null)
    ) as cases (amount, factor, expected)

),

told as (

    select
        amount,
        factor,
        expected,
        {{ crm_warehouse.money_product('amount', 'factor') }} as actual

    from cases

)

select * from told

where actual is distinct from expected

-- A third of 100 is 33.3333, two thirds 66.6667; a half of 0.0001 goes away from zero;
-- ten billions times ten billions do not overflow; nothing has no shares.
with

cases as (

    select
        cast(cases.amount as decimal(18, 4)) as amount,
        cast(cases.part as decimal(18, 4)) as part,
        cast(cases.whole as decimal(18, 4)) as whole,
        cast(cases.expected as decimal(18, 4)) as expected

    from (
        values
        ('100', '1', '3', '33.3333'), ('100', '-2', '3', '-66.6667'),
        ('0.0001', '1', '2', '0.0001'), ('-0.0001', '1', '2', '-0.0001'),
        ('10000000000', '10000000000', '-20000000000', '-5000000000'),
        ('1', '1', '0', null), (null, '1', '2', null)
    ) as cases (amount, part, whole, expected)

),

told as (

    select
        *,
        {{ crm_warehouse.money_share('amount', 'part', 'whole') }} as actual

    from cases

)

select * from told
where actual is distinct from expected

-- Customers 900 to 950, tickets each 3.1 to 2.7, units each 2.4 to 2.6, price 25 to
-- 26.5: 9,300.8, -23,764.9, 13,769.1 and 10,023.5, in all 9,328.5. Of an amount that
-- stays, doubled customers and halved tickets cancel out: 100 ln 2 = 69.3147.
with

cases as (

    select
        cast(cases.buyers as bigint) as buyers,
        cast(cases.base_buyers as bigint) as base_buyers,
        cast(cases.tickets as bigint) as tickets,
        cast(cases.base_tickets as bigint) as base_tickets,
        cast(cases.units as decimal(18, 6)) as units,
        cast(cases.base_units as decimal(18, 6)) as base_units,
        cast(cases.amount as decimal(18, 4)) as amount,
        cast(cases.base_amount as decimal(18, 4)) as base_amount,
        cast(cases.expected as string) as expected

    from (
        values
        (
            950, 900, 2565, 2790, 6669, 6696, 176728.5, 167400,
            '9300.8 -23764.9 13769.1 10023.5'
        ),
        (2, 1, 10, 10, 10, 10, 100, 100, '69.3 -69.3 0.0 0.0')
    ) as cases (
        buyers, base_buyers, tickets, base_tickets, units, base_units, amount,
        base_amount, expected
    )

),

told as (

    select
        amount - base_amount as change_amount,
        expected,
        {{ crm_warehouse.lmdi_effect('amount', 'buyers') }} as buyers_amount,
        {{ crm_warehouse.lmdi_effect('amount', 'tickets', 'buyers') }}
            as tickets_amount,
        {{ crm_warehouse.lmdi_effect('amount', 'units', 'tickets') }} as units_amount,
        {{ crm_warehouse.lmdi_effect('amount', 'amount', 'units') }} as price_amount

    from cases

)

select * from told
where
    concat_ws(
        ' ',
        cast(cast(buyers_amount as decimal(18, 1)) as string),
        cast(cast(tickets_amount as decimal(18, 1)) as string),
        cast(cast(units_amount as decimal(18, 1)) as string),
        cast(cast(price_amount as decimal(18, 1)) as string)
    ) != expected
    or abs(
        buyers_amount + tickets_amount + units_amount + price_amount - change_amount
    ) > 0.0003

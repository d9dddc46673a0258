-- Returns beside the sales of the month that they are told by.
with

sales as (

    select * from {{ ref('int_sale_months__summed') }}

),

bases as (

    select * from {{ ref('rule_return_bases') }}

),

summed as (

    select * from {{ ref('int_return_months__summed') }}

),

recorded as (

    select case when count(*) > 0 then 0 end as no_count from summed

),

sold as (

    select
        bases.*,
        sales.*

    from sales
    cross join bases

),

-- A month of which nothing came back is a true zero, if any return is known at all.
cells as (

    select
        coalesce(sold.basis_code, summed.basis_code) as basis_code,
        coalesce(sold.calendar_month, summed.calendar_month) as calendar_month,
        coalesce(summed.breakdown_name, 'all') as breakdown_name,
        coalesce(summed.breakdown_value, 'all') as breakdown_value,
        sold.sale_ticket_count,
        sold.sale_amount,
        sold.sale_unit_count,
        {% for name in ('return', 'returned_ticket', 'unlinked', 'serial_customer') -%}
        coalesce(summed.{{ name }}_count, recorded.no_count) as {{ name }}_count,
        {% endfor -%}
        {% for name in ('return', 'unlinked', 'serial_return') -%}
        cast(coalesce(summed.{{ name }}_amount, recorded.no_count) as decimal(18, 4))
            as {{ name }}_amount,
        {% endfor -%}
        summed.return_unit_count,
        summed.dated_count,
        summed.days_to_return,
        summed.median_days_to_return

    from sold
    full join summed
        on sold.basis_code = summed.basis_code
        and sold.calendar_month = summed.calendar_month
    cross join recorded

)

select * from cells

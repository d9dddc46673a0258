-- Source: 退單, by what was sold in a month and by what came back in it.
with

cells as (

    select * from {{ ref('int_return_cells__filled') }}

),

bases as (

    select * from {{ ref('rule_return_bases') }}

),

told_of as (

    select max(told_on) as as_of_on from {{ ref('int_month_ends__told') }}

),

told as (

    select
        cells.basis_code,
        cells.calendar_month,
        cells.breakdown_name,
        cells.breakdown_value,
        bases.basis_name,
        bases.basis_name_zh,
        cells.sale_ticket_count,
        cells.sale_amount,
        cells.sale_unit_count,
        cells.return_count,
        cells.return_amount,
        cells.return_unit_count,
        cells.returned_ticket_count,
        {{ crm_warehouse.safe_ratio('cells.return_amount', 'cells.sale_amount') }}
            as value_return_rate,
        {{ crm_warehouse.safe_ratio(
            'cells.return_unit_count', 'cells.sale_unit_count'
        ) }} as unit_return_rate,
        {{ crm_warehouse.safe_ratio(
            "case cells.basis_code when 'sale_cohort' then cells.returned_ticket_count"
            ~ " else cells.return_count end", 'cells.sale_ticket_count'
        ) }} as ticket_return_rate,
        cells.median_days_to_return,
        {{ crm_warehouse.safe_ratio('cells.days_to_return', 'cells.dated_count') }}
            as mean_days_to_return,
        cells.unlinked_count,
        cells.unlinked_amount,
        cells.serial_customer_count,
        cells.serial_return_amount,
        {{ crm_warehouse.safe_ratio(
            'cells.serial_return_amount', 'cells.return_amount'
        ) }} as serial_return_share,
        case cells.basis_code
            when 'sale_cohort' then {{ crm_warehouse.date_add_days(
                crm_warehouse.month_end('cells.calendar_month'),
                crm_warehouse.checked_integer('return_days', 1, 999)
            ) }}
            else {{ crm_warehouse.month_end('cells.calendar_month') }}
        end > told_of.as_of_on as is_immature,
        told_of.as_of_on

    from cells
    inner join bases on cells.basis_code = bases.basis_code
    cross join told_of

)

select * from told

-- Rows and readable money of each raw table, leg by leg; the legs add up, see the YAML.
with

united as (

    select * from {{ ref('int_rows__reconciled') }}

    union all

    select
        *,
        0 as unreadable_amount_count

    from {{ ref('int_tickets__reconciled') }}

    union all

    select
        *,
        0 as unreadable_amount_count

    from {{ ref('int_lines__reconciled') }}

    union all

    {{ crm_warehouse.empty_legs() }}

),

legs as (

    select
        table_name,
        leg_code,
        cast(sum(row_count) as bigint) as row_count,
        cast(sum(amount) as decimal(38, 4)) as amount,
        cast(sum(unreadable_amount_count) as bigint) as unreadable_amount_count

    from united

    group by table_name, leg_code

)

select * from legs

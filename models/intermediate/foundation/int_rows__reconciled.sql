-- What the raw door counted by itself beside what judging made of each raw table.
with

-- The lines that are no rows are among those read; their money is unreadable.
given as (

    select
        files.table_name,
        legs.leg_code,
        sum(legs.is_read * files.row_count + files.rejected_count) as row_count,
        sum(legs.is_read * files.amount) as amount,
        sum(case
            when legs.is_read = 1 then files.unreadable_amount_count
            when files.amount is not null then files.rejected_count
            else 0
        end) as unreadable_amount_count

    from {{ crm_warehouse.handed_over_files() }} as files

    cross join (values ('read', 1), ('rejected', 0)) as legs (leg_code, is_read)

    group by files.table_name, legs.leg_code

),

judged as (

    {% for system, table in crm_warehouse.raw_table_names() -%}
    {%- set base = ref('base_' ~ system ~ '__' ~ table) -%}
    {% if execute -%}
    {%- set amount = crm_warehouse.raw_table(system, table).amount_column -%}
    select
        '{{ table }}' as table_name,
        verdict_code as leg_code,
        count(*) as row_count,
        sum({{ amount or 'cast(null as decimal(38, 4))' }}) as amount,
        count_if(is_amount_unreadable) as unreadable_amount_count

    from {{ base }}

    group by verdict_code

    {{ 'union all' if not loop.last }}
    {%- endif %}
    {% endfor %}
),

-- Found unfit only beside other tables: from accepted to quarantined.
moved as (

    select
        tickets.table_name,
        legs.leg_code,
        legs.sign * count(*) as row_count,
        legs.sign * sum(
            case when tickets.table_name = 'returns' then -1 else 1 end
            * tickets.header_amount
        ) as amount,
        0 as unreadable_amount_count

    from {{ ref('int_tickets__settled') }} as tickets

    cross join (values ('accepted', -1), ('quarantined', 1)) as legs (leg_code, sign)

    where tickets.leg_code = 'quarantined'

    group by tickets.table_name, legs.leg_code, legs.sign

),

united as (

    select * from given

    union all

    select * from judged

    union all

    select * from moved

),

reconciled as (

    select
        table_name,
        leg_code,
        cast(sum(row_count) as bigint) as row_count,
        cast(sum(amount) as decimal(38, 4)) as amount,
        cast(sum(unreadable_amount_count) as bigint) as unreadable_amount_count

    from united

    group by table_name, leg_code

)

select * from reconciled

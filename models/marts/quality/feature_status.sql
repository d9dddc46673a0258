with

needs as (

    {{ crm_warehouse.mart_needs() }}

),

handed_over as (

    select
        table_name,
        sum(row_count) > 0 as has_rows

    from {{ source('landing', 'landed_files') }}

    group by table_name

),

columns_handed_over as (

    select distinct
        files.table_name,
        needs.column_name

    from {{ source('landing', 'landed_files') }} as files

    inner join needs
        on files.table_name = needs.table_name
        and concat(',', files.column_names, ',')
        like concat('%,', needs.column_name, ',%')

),

checked as (

    select
        needs.mart_name,
        needs.schema_name,
        needs.need_order,
        needs.need_name,
        needs.table_name is null or coalesce(
            handed_over.has_rows
            and (needs.column_name is null or given.column_name is not null),
            false
        ) as is_met,
        case
            when needs.table_name is null then null
            when handed_over.table_name is null then 'not handed over'
            when not handed_over.has_rows then 'no rows'
            when needs.column_name is not null and given.column_name is null
                then 'no such column'
        end as fault

    from needs

    left join handed_over
        on needs.table_name = handed_over.table_name

    left join columns_handed_over as given
        on needs.table_name = given.table_name
        and needs.column_name = given.column_name

),

-- Of several alternatives one is enough.
unmet as (

    select
        mart_name,
        schema_name,
        need_order,
        case
            when count(*) filter (where is_met) = 0
                then min(concat(need_name, ': ', fault))
        end as fault

    from checked

    group by mart_name, schema_name, need_order

),

statuses as (

    select
        mart_name,
        schema_name,
        count(fault) = 0 as is_available,
        case when count(fault) = 0 then 'available' else 'unavailable' end as status_code,
        case when count(fault) = 0 then '可用' else '不可用' end as status_name_zh,
        case
            when count(fault) > 0 then concat_ws(
                ', '
                {%- for order in range(10) %},
                max(case when need_order = {{ order }} then fault end)
                {%- endfor %}
            )
        end as reason

    from unmet

    group by mart_name, schema_name

)

select * from statuses

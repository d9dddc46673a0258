-- What each mart needs or uses, and whether it was handed over; of several the best.
with

needs as (

    {{ crm_warehouse.mart_needs() }}

),

files as (

    select * from {{ crm_warehouse.handed_over_files() }}

),

counted as (

    select
        table_name,
        sum(row_count) filter (where leg_code = 'read') as read_count,
        sum(row_count) filter (where leg_code = 'accepted') as accepted_count

    from {{ ref('int_rows__reconciled') }}

    group by table_name

),

statuses as (

    select * from {{ ref('rule_feature_statuses') }}

),

-- A column is there when some file of its table has it.
checked as (

    select
        needs.mart_name,
        needs.schema_name,
        needs.need_order,
        needs.need_name,
        needs.is_required,
        case
            when needs.table_name is null then 'available'
            when count(files.file_name) = 0 then 'not_handed_over'
            when coalesce(max(counted.read_count), 0) = 0 then 'no_rows'
            when coalesce(max(counted.accepted_count), 0) = 0 then 'none_accepted'
            when needs.column_name is not null and count(*) filter (
                where concat(',', files.column_names, ',')
                like concat('%,', needs.column_name, ',%')
            ) = 0 then 'no_such_column'
            else 'available'
        end as status_code

    from needs

    left join files
        on needs.table_name = files.table_name

    left join counted
        on needs.table_name = counted.table_name

    group by
        needs.mart_name,
        needs.schema_name,
        needs.need_order,
        needs.need_name,
        needs.is_required,
        needs.table_name,
        needs.column_name

),

met as (

    select
        checked.mart_name,
        checked.schema_name,
        checked.need_order,
        checked.need_name,
        checked.is_required,
        statuses.status_code,
        statuses.status_name,
        statuses.status_name_zh,
        statuses.is_available

    from checked

    inner join statuses
        on checked.status_code = statuses.status_code

    qualify row_number() over (
        partition by checked.mart_name, checked.need_order
        order by statuses.status_order asc, checked.need_name asc
    ) = 1

)

select * from met

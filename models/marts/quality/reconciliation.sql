-- Rows and readable money of each raw table, leg by leg; the legs add up, see the YAML.
with

given as (

    select
        table_name,
        'read' as leg_code,
        sum(row_count + rejected_count) as row_count,
        sum(amount) as amount,
        sum(unreadable_amount_count) as unreadable_amount_count

    from {{ source('landing', 'landed_files') }}

    group by table_name

    union all

    select
        table_name,
        'rejected' as leg_code,
        sum(rejected_count) as row_count,
        sum(amount * 0) as amount,
        sum(case when amount is not null then rejected_count else 0 end)
            as unreadable_amount_count

    from {{ source('landing', 'landed_files') }}

    group by table_name

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
        {{ 'sum(' ~ amount ~ ')' if amount else 'cast(null as decimal(38, 4))' }} as amount,
        count_if(is_amount_unreadable) as unreadable_amount_count

    from {{ base }}

    group by verdict_code

    {% if not loop.last -%}
    union all
    {%- endif %}
    {%- endif %}
    {% endfor %}
),

tickets as (

    select
        *,
        case when table_name = 'returns' then -1 else 1 end as raw_sign

    from {{ ref('int_tickets__settled') }}

),

-- Found unfit only beside other tables: from accepted to quarantined.
moved as (

    select
        table_name,
        'accepted' as leg_code,
        -count(*) as row_count,
        -sum(raw_sign * header_amount) as amount,
        0 as unreadable_amount_count

    from tickets

    where leg_code = 'quarantined'

    group by table_name

    union all

    select
        table_name,
        'quarantined' as leg_code,
        count(*) as row_count,
        sum(raw_sign * header_amount) as amount,
        0 as unreadable_amount_count

    from tickets

    where leg_code = 'quarantined'

    group by table_name

),

fact_legs as (

    select * from {{ ref('int_facts__reconciled') }}

),

united as (

    select * from given

    union all

    select * from judged

    union all

    select * from moved

    union all

    select * from fact_legs

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

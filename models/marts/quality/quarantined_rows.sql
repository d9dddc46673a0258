with

judged as (

    {% for system, table in crm_warehouse.raw_table_names() -%}
    {%- set base = ref('base_' ~ system ~ '__' ~ table) -%}
    {% if execute -%}
    select
        '{{ table }}' as table_name,
        file_name,
        file_line,
        {{ crm_warehouse.row_key(system, table) }} as row_key,
        reasons

    from {{ base }}

    where verdict_code = 'quarantined'

    {% if not loop.last -%}
    union all
    {%- endif %}
    {%- endif %}
    {% endfor %}
),

-- Tickets that only their neighbours tell to be unfit: no rate, no money on any side.
unsettled as (

    select
        tickets.table_name,
        coalesce(transactions.file_name, returns.file_name) as file_name,
        coalesce(transactions.file_line, returns.file_line) as file_line,
        coalesce(transactions.transaction_id, returns.return_id) as row_key,
        tickets.reasons

    from {{ ref('int_tickets__settled') }} as tickets

    left join {{ ref('stg_pos__transactions') }} as transactions
        on tickets.transaction_id = transactions.transaction_id
        and tickets.table_name = 'transactions'

    left join {{ ref('stg_pos__returns') }} as returns
        on tickets.transaction_id = 'return:' || returns.return_id
        and tickets.table_name = 'returns'

    where tickets.leg_code = 'quarantined'

),

rejected as (

    select
        table_name,
        file_name,
        file_line,
        cast(null as string) as row_key,
        reason_code as reasons

    from {{ source('landing', 'rejected_rows') }}

),

united as (

    select
        *,
        'quarantined' as verdict_code

    from judged

    union all

    select
        *,
        'quarantined' as verdict_code

    from unsettled

    union all

    select
        *,
        'rejected' as verdict_code

    from rejected

)

select * from united

-- Tickets and the rows of `returns` (as return tickets), each on its own business day.
with

tickets as (

    select
        transaction_id,
        'transactions' as table_name,
        occurred_at,
        occurred_at_utc,
        net_amount,
        card_id,
        store_id,
        channel,
        coalesce(transaction_type, 'sale') as transaction_type,
        original_transaction_id,
        cast(null as integer) as original_line_number,
        cast(null as decimal(18, 6)) as returned_unit_count,
        gross_amount,
        discount_amount,
        upper(currency) as currency

    from {{ ref('stg_pos__transactions') }}

),

returns as (

    select
        'return:' || returns.return_id as transaction_id,
        'returns' as table_name,
        returns.returned_at as occurred_at,
        returns.returned_at_utc as occurred_at_utc,
        cast(-returns.amount as decimal(18, 4)) as net_amount,
        cast(null as string) as card_id,
        tickets.store_id,
        tickets.channel,
        'return' as transaction_type,
        returns.original_transaction_id,
        returns.line_number as original_line_number,
        returns.quantity as returned_unit_count,
        cast(-returns.amount as decimal(18, 4)) as gross_amount,
        cast(null as decimal(18, 4)) as discount_amount,
        tickets.currency

    from {{ ref('stg_pos__returns') }} as returns

    left join tickets
        on returns.original_transaction_id = tickets.transaction_id

),

united as (

    select * from tickets

    union all

    select * from returns

),

dated as (

    select
        united.transaction_id,
        united.table_name,
        coalesce(
            {{ crm_warehouse.local_time('united.occurred_at_utc', 'stores.timezone') }},
            united.occurred_at
        ) as sold_at,
        cast({{ crm_warehouse.add_minutes(
            'sold_at',
            -60 * crm_warehouse.checked_integer('business_day_cutoff_hour', 0, 23)
        ) }} as date) as sold_on,
        united.net_amount,
        united.card_id,
        united.store_id,
        united.channel,
        united.transaction_type,
        united.original_transaction_id,
        united.original_line_number,
        united.returned_unit_count,
        united.gross_amount,
        united.discount_amount,
        united.currency

    from united

    left join {{ ref('stg_pos__stores') }} as stores
        on united.store_id = stores.store_id

)

select * from dated

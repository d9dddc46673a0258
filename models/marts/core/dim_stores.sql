with

stores as (

    select * from {{ ref('stg_pos__stores') }}

),

sold_in as (

    select distinct store_id

    from {{ ref('fct_transactions') }}

    where store_id is not null

),

-- A store that sold but was not handed over is there too, so that facts find their row.
united as (

    select
        coalesce(stores.store_id, sold_in.store_id) as store_id,
        stores.store_name,
        stores.city,
        stores.region,
        stores.country,
        stores.latitude,
        stores.longitude,
        stores.area_m2,
        stores.opened_on,
        stores.closed_on,
        stores.timezone,
        stores.store_id is not null as is_known

    from stores

    full outer join sold_in
        on stores.store_id = sold_in.store_id

)

select * from united

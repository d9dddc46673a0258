with

stores as (

    select * from {{ ref('stg_pos__stores') }}

),

named as (

    select store_id from {{ ref('fct_transactions') }}

    union

    select issued_store_id as store_id from {{ ref('stg_crm__cards') }}

    union

    select store_id from {{ ref('stg_pos__store_traffic') }}

    union

    select store_id from {{ ref('stg_plan__targets') }}

),

-- A store that sold, issued cards, counted visitors or has a target but was not handed
-- over is there too, so that facts and customers find their row.
united as (

    select
        coalesce(stores.store_id, named.store_id) as store_id,
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

    full outer join named
        on stores.store_id = named.store_id

    where coalesce(stores.store_id, named.store_id) is not null

)

select * from united

-- From the home store to the customer, as the crow flies (haversine).
with

places as (

    select
        homed.customer_id,
        radians(cast(members.latitude as double)) as latitude,
        radians(cast(stores.latitude as double)) as store_latitude,
        radians(
            cast(stores.longitude as double) - cast(members.longitude as double)
        ) as turn

    from {{ ref('int_customers__homed') }} as homed

    inner join {{ ref('stg_crm__members') }} as members
        on homed.customer_id = members.member_id

    inner join {{ ref('stg_pos__stores') }} as stores
        on homed.home_store_id = stores.store_id

),

chords as (

    select
        customer_id,
        power(sin((store_latitude - latitude) / 2), 2)
        + cos(latitude) * cos(store_latitude) * power(sin(turn / 2), 2) as square

    from places

    where latitude + store_latitude + turn is not null

),

-- abs(): at the other end of the world a double may say a little more than 1.
distanced as (

    select
        customer_id,
        cast(2 * 6371 * atan2(sqrt(square), sqrt(abs(1 - square))) as decimal(18, 1))
            as home_store_distance_km

    from chords

)

select * from distanced

-- 接触频率、处理原则: who may be contacted, by which channel, and how likely they answer.
with

contactable as (

    select * from {{ ref('int_customers__contactable') }}

)

select * from contactable

with

enquiries as (

    select * from {{ ref('enquiries') }}

),

last_steps as (

    select
        enquiry_no,
        step

    from {{ ref('enquiry_steps') }}

    qualify row_number() over (
        partition by enquiry_no
        order by taken desc nulls last, step desc
    ) = 1

),

leads as (

    select
        enquiries.enquiry_no as lead_id,
        enquiries.asked as created_at,
        enquiries.via as source,
        last_steps.step as status

    from enquiries
    left join last_steps
        on enquiries.enquiry_no = last_steps.enquiry_no

)

select * from leads

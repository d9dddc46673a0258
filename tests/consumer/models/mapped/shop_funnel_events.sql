select
    'lead' as entity_type,
    enquiry_no as entity_id,
    step as stage,
    taken as entered_at

from {{ ref('enquiry_steps') }}

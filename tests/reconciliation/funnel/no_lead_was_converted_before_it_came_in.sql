-- A warning: these were customers before the lead came in, or a date is wrong; they are
-- followed from the day on which the lead came in.
{{ config(severity='warn') }}

select
    lead_id,
    created_on,
    converted_on

from {{ ref('fct_leads') }}
where converted_on < created_on

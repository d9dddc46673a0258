select
    card_no as card_id,
    guest_no as member_id,
    handed_out as issued_on

from {{ ref('club_cards') }}

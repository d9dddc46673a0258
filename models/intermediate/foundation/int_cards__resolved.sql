{{ crm_warehouse.resolved_cards(ref('stg_crm__cards')) }}

{{ crm_warehouse.accepted('crm', 'card_movements') }}

{{ crm_warehouse.judged('crm', 'card_movements') }}

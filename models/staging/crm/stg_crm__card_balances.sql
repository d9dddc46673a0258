{{ crm_warehouse.accepted('crm', 'card_balances') }}
